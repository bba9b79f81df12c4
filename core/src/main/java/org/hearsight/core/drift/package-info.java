/** Is what comes in still like what a model was calibrated on? */
package org.hearsight.core.drift;
