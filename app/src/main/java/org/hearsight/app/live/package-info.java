/** Sound and views that arrive while they are listened to, and what is said of them. */
package org.hearsight.app.live;
