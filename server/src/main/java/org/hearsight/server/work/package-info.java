/** Answers of many requests computed together. */
package org.hearsight.server.work;
