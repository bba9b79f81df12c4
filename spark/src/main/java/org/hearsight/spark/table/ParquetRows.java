package org.hearsight.spark.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows written as one Parquet file on this machine's disk, in the form that Spark itself writes:
 * every column may be null, lists and maps have three levels. Spark's own writer commits all of a
 * job or nothing, and a shard is to be there as soon as it is done.
 */
public final class ParquetRows {
  private static final Map<DataType, PrimitiveTypeName> PRIMITIVES =
      Map.of(
          DataTypes.StringType, PrimitiveTypeName.BINARY,
          DataTypes.DoubleType, PrimitiveTypeName.DOUBLE,
          DataTypes.FloatType, PrimitiveTypeName.FLOAT,
          DataTypes.IntegerType, PrimitiveTypeName.INT32,
          DataTypes.LongType, PrimitiveTypeName.INT64,
          DataTypes.BooleanType, PrimitiveTypeName.BOOLEAN);

  private ParquetRows() {}

  /**
   * Writes a file.
   *
   * @param schema of the rows: strings, numbers, booleans, and structs, lists and maps of them
   */
  public static void write(Path file, StructType schema, List<Row> rows) throws IOException {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (StructField field : schema.fields()) {
      message.addField(type(field.name(), field.dataType()));
    }
    MessageType type = message.named("spark_schema");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (Row row : rows) {
        Group group = new SimpleGroup(type);
        fill(group, schema, row);
        writer.write(group);
      }
    }
  }

  private static Type type(String name, DataType type) {
    if (type instanceof ArrayType list) {
      return Types.optionalList().element(type("element", list.elementType())).named(name);
    }
    if (type instanceof MapType map) {
      return Types.optionalMap()
          .key(
              Types.required(PrimitiveTypeName.BINARY)
                  .as(LogicalTypeAnnotation.stringType())
                  .named("key"))
          .value(type("value", map.valueType()))
          .named(name);
    }
    if (type instanceof StructType struct) {
      Types.GroupBuilder<GroupType> group = Types.optionalGroup();
      for (StructField field : struct.fields()) {
        group.addField(type(field.name(), field.dataType()));
      }
      return group.named(name);
    }
    PrimitiveTypeName primitive = PRIMITIVES.get(type);
    if (primitive == null) {
      throw new IllegalArgumentException(name + ": no column of " + type.simpleString());
    }
    return primitive == PrimitiveTypeName.BINARY
        ? Types.optional(primitive).as(LogicalTypeAnnotation.stringType()).named(name)
        : Types.optional(primitive).named(name);
  }

  private static void fill(Group group, StructType schema, Row row) {
    for (int i = 0; i < schema.length(); i++) {
      if (row.isNullAt(i)) {
        continue;
      }
      String name = schema.fields()[i].name();
      DataType type = schema.fields()[i].dataType();
      if (type instanceof ArrayType list) {
        Group elements = group.addGroup(name);
        for (Object element : row.getList(i)) {
          add(elements.addGroup("list"), "element", list.elementType(), element);
        }
      } else if (type instanceof MapType map) {
        Group entries = group.addGroup(name);
        for (Map.Entry<?, ?> e : row.getJavaMap(i).entrySet()) {
          Group entry = entries.addGroup("key_value");
          entry.add("key", (String) e.getKey());
          add(entry, "value", map.valueType(), e.getValue());
        }
      } else {
        add(group, name, type, row.get(i));
      }
    }
  }

  private static void add(Group group, String name, DataType type, Object value) {
    if (type instanceof StructType struct) {
      fill(group.addGroup(name), struct, (Row) value);
    } else if (value instanceof String s) {
      group.add(name, s);
    } else if (value instanceof Double d) {
      group.add(name, d);
    } else if (value instanceof Float f) {
      group.add(name, f);
    } else if (value instanceof Integer n) {
      group.add(name, n);
    } else if (value instanceof Long n) {
      group.add(name, n);
    } else if (value instanceof Boolean b) {
      group.add(name, b);
    } else if (value != null) {
      throw new IllegalArgumentException(name + ": " + value.getClass() + " in a column");
    }
  }
}
