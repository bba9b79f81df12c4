/** One class a command: its options, and what it calls. */
package org.hearsight.app.command;
