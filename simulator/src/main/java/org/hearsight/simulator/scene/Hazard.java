package org.hearsight.simulator.scene;

/**
 * The thing that sounds: its class, its body at the end of the clip and its way.
 *
 * @param power sound power level, dB re 1 pW
 */
public record Hazard(HazardKind kind, Box box, Trajectory way, double power) {}
