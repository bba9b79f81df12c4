/** What all commands share: options, progress, refusals, exit codes, stop signals. */
package org.hearsight.app.console;
