/** How far long work has come, and whether it was asked to stop. */
package org.hearsight.core.progress;
