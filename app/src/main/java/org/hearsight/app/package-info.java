/** The command line: where a process starts and how it ends. */
package org.hearsight.app;
