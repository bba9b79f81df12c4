package org.hearsight.server.work;

import org.hearsight.core.audio.Clip;

/**
 * A scene to be answered.
 *
 * @param clip with the notes of both senses, for the answer's reader
 */
public record Scene(Clip clip, Sight sight) {}
