/**
 * Files and folders: read through one door, written whole or not at all, by one writer at a time.
 */
package org.hearsight.core.file;
