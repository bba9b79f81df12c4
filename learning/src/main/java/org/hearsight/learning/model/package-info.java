/** The networks: pretrained encoders, and the adapter and head that are trained on them. */
package org.hearsight.learning.model;
