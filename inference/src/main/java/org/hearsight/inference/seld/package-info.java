/** SELD networks at work: who sounds where, frame by frame. */
package org.hearsight.inference.seld;
