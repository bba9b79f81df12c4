/** Where a result comes from: data, model, code and machine. */
package org.hearsight.core.provenance;
