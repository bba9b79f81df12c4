/** Long work cut into numbered pieces: done in parallel, remembered when stopped, gone on with. */
package org.hearsight.datasets.run;
