package org.hearsight.datasets.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Split;

/** A finished piece of a data set, as the journal notes it; goes through JSON. */
public interface Piece {
  /** The part of the data set it belongs to. */
  @JsonIgnore
  Split part();

  /** The files that were written for it, relative to the data set's folder. */
  @JsonIgnore
  List<String> written();

  /** Its line, without an end, in each list of the data set, by the list's name. */
  @JsonIgnore
  Map<String, String> lines();
}
