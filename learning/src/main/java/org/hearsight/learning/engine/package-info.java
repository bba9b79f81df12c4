/** libtorch itself: how it is started, what it computes, and how values get in and out. */
package org.hearsight.learning.engine;
