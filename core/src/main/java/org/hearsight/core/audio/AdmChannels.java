package org.hearsight.core.audio;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The ambisonic channels of the audio definition model (ITU-R BS.2076): those of its common
 * definitions (BS.2094), known by their numbers, and those that a file's {@code axml} describes.
 */
final class AdmChannels {
  /** An identifier's type, 0004 for ambisonics, and its number. */
  private static final Pattern ID = Pattern.compile("a([tc])_0004([0-9a-f]{4})(_[0-9a-f]{2})?");

  /** Numbers from here on are the file's own. */
  private static final int OWN = 0x1000;

  private final Map<String, Component> channels = new HashMap<>();
  private final Map<String, String> channelOfStream = new HashMap<>();
  private final Map<String, String> streamOfTrack = new HashMap<>();

  /**
   * One channel.
   *
   * @param acn its number in ACN
   */
  record Component(int acn, FoaFormat.Weights weights) {}

  private AdmChannels() {}

  /**
   * Reads a description; an empty or malformed one knows the common definitions alone.
   *
   * @param xml what the chunk of that name holds
   */
  static AdmChannels read(String xml) {
    AdmChannels read = new AdmChannels();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT) {
          read.element(reader);
        }
      }
    } catch (XMLStreamException e) {
      return new AdmChannels();
    }
    return read;
  }

  private void element(XMLStreamReader reader) throws XMLStreamException {
    switch (reader.getLocalName()) {
      case "audioChannelFormat" -> channel(reader, id(reader, "audioChannelFormatID"));
      case "audioStreamFormat" -> {
        String stream = id(reader, "audioStreamFormatID");
        Map<String, String> fields = fields(reader, "audioStreamFormat");
        put(channelOfStream, stream, fields.get("audioChannelFormatIDRef"));
        put(streamOfTrack, fields.get("audioTrackFormatIDRef"), stream);
      }
      case "audioTrackFormat" -> {
        String track = id(reader, "audioTrackFormatID");
        String stream = fields(reader, "audioTrackFormat").get("audioStreamFormatIDRef");
        put(streamOfTrack, track, stream);
      }
      default -> {}
    }
  }

  private static void put(Map<String, String> map, String from, String to) {
    if (from != null && to != null) {
      map.put(from, to);
    }
  }

  private void channel(XMLStreamReader reader, String id) throws XMLStreamException {
    Map<String, String> fields = fields(reader, "audioChannelFormat");
    try {
      int order = Integer.parseInt(fields.getOrDefault("order", ""));
      int degree = Integer.parseInt(fields.getOrDefault("degree", ""));
      String weights = fields.getOrDefault("normalization", "sn3d").toUpperCase(Locale.ROOT);
      channels.put(
          id, new Component(order * order + order + degree, FoaFormat.Weights.valueOf(weights)));
    } catch (IllegalArgumentException e) {
      // Not ambisonics, or with weights that nobody defined: not a channel that we know.
      channels.remove(id);
    }
  }

  /** The first text of each element within one, in lower case as identifiers are compared. */
  private static Map<String, String> fields(XMLStreamReader reader, String end)
      throws XMLStreamException {
    Map<String, String> fields = new HashMap<>();
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamReader.START_ELEMENT -> text.setLength(0);
        case XMLStreamReader.CHARACTERS -> text.append(reader.getText());
        case XMLStreamReader.END_ELEMENT -> {
          if (reader.getLocalName().equals(end)) {
            return fields;
          }
          fields.putIfAbsent(
              reader.getLocalName(), text.toString().strip().toLowerCase(Locale.ROOT));
        }
        default -> {}
      }
    }
    return fields;
  }

  private static String id(XMLStreamReader reader, String attribute) {
    String id = reader.getAttributeValue(null, attribute);
    return id == null ? "" : id.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The channel that a track holds.
   *
   * @param reference in {@code chna}, to a track format or to a channel format
   * @return null if it is not ambisonic, or not known
   */
  Component of(String reference) {
    String id = reference.toLowerCase(Locale.ROOT);
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return null;
    }
    int number = Integer.parseInt(parts.group(2), 16);
    if (number >= OWN) {
      String channel = "ac_0004" + parts.group(2);
      if (parts.group(1).equals("t")) {
        channel = channelOfStream.getOrDefault(streamOfTrack.get(id), channel);
      }
      return channels.get(channel);
    }
    FoaFormat.Weights[] all = FoaFormat.Weights.values();
    int weights = number >> 8;
    return weights < all.length ? new Component((number & 0xFF) - 1, all[weights]) : null;
  }
}
