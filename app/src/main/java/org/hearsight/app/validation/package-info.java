/** The simulator's physics in numbers and plots, beside what theory says. */
package org.hearsight.app.validation;
