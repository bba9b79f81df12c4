/** Hazards as robot stacks read them: ODAS tracks and ROS messages, in the frame of REP-103. */
package org.hearsight.core.robot;
