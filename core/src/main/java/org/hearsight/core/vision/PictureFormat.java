package org.hearsight.core.vision;

import java.nio.charset.StandardCharsets;

/**
 * What a picture's file is by its first bytes, whatever its name says. Formats that cannot be read
 * have names as well, for a refusal that tells people what they have.
 */
enum PictureFormat {
  PNG("a PNG"),
  JPEG("a JPEG"),
  TIFF("a TIFF"),
  EXR("an EXR"),
  NPY("a NumPy array"),
  PFM("a PFM"),
  BIG_TIFF("a BigTIFF"),
  HEIF("HEIC or AVIF"),
  WEBP("WebP"),
  GIF("GIF"),
  BMP("BMP"),
  JPEG_2000("JPEG 2000"),
  PGM("PGM or PPM"),
  ZIP("an archive (.npz, .zip)"),
  HDF5("HDF5"),
  UNKNOWN("of an unknown format");

  private final String label;

  PictureFormat(String label) {
    this.label = label;
  }

  /** As a refusal names it: "is …". */
  String label() {
    return label;
  }

  static PictureFormat of(byte[] file) {
    if (begins(file, "\u0089PNG\r\n\u001a\n")) {
      return PNG;
    } else if (begins(file, "\u00ff\u00d8\u00ff")) {
      return JPEG;
    } else if (begins(file, "II*\0") || begins(file, "MM\0*")) {
      return TIFF;
    } else if (begins(file, "II+\0") || begins(file, "MM\0+")) {
      return BIG_TIFF;
    } else if (begins(file, "v/1\u0001")) {
      return EXR;
    } else if (begins(file, "\u0093NUMPY")) {
      return NPY;
    } else if (begins(file, "Pf") || begins(file, "PF")) {
      return PFM;
    } else if (begins(file, "P5") || begins(file, "P6") || begins(file, "P2")) {
      return PGM;
    } else if (holds(file, 4, "ftyp")) {
      return HEIF;
    } else if (begins(file, "RIFF") && holds(file, 8, "WEBP")) {
      return WEBP;
    } else if (begins(file, "GIF8")) {
      return GIF;
    } else if (begins(file, "BM")) {
      return BMP;
    } else if (holds(file, 4, "jP  ")) {
      return JPEG_2000;
    } else if (begins(file, "PK\u0003\u0004")) {
      return ZIP;
    } else if (begins(file, "\u0089HDF")) {
      return HDF5;
    }
    return UNKNOWN;
  }

  private static boolean begins(byte[] file, String signature) {
    return holds(file, 0, signature);
  }

  private static boolean holds(byte[] file, int at, String signature) {
    byte[] expected = signature.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < expected.length; i++) {
      if (at + i >= file.length || file[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
