/** Training and export, on libtorch through DJL. */
package org.hearsight.learning;
