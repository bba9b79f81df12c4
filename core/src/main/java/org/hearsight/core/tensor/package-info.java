/** Arrays of numbers with a shape and a type, as files hold them. */
package org.hearsight.core.tensor;
