/** Work that several threads share. */
package org.hearsight.core.concurrent;
