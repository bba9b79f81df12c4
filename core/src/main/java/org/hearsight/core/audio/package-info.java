/**
 * Sound on its way to a network: sound files, resampling, first-order ambisonics and the DCASE 2024
 * features.
 *
 * <p>Ambisonics is in ACN order W, Y, Z, X with SN3D weights, at 24 kHz. Arrays of sound are {@code
 * [channels][samples]}.
 */
package org.hearsight.core.audio;
