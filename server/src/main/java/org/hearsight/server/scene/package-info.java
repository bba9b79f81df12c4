/** From the fields of a request to a scene that a model can judge. */
package org.hearsight.server.scene;
