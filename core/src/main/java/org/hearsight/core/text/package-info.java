/** What is printed for people: tables in columns. */
package org.hearsight.core.text;
