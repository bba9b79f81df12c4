#!/usr/bin/python3
"""Writes the pictures and depth maps of core's tests, as other programs write them.

    FFMPEG=ffmpeg python3 tools/golden/make_picture_goldens.py core/src/test/resources/golden/pictures

Needs numpy, Pillow (made with 9.4), tifffile (2023.2), tiffcp of libtiff (4.5), ImageMagick with
OpenEXR (6.9.11, 3.1.5) and FFmpeg (7.1). No picture shows anything: they are made of formulas that
the tests know.
"""

import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

OUT = Path(sys.argv[1])
FFMPEG = os.environ.get("FFMPEG", "ffmpeg")
WIDTH, HEIGHT = 12, 8


def run(*command, data=None):
    subprocess.run([str(c) for c in command], input=data, check=True)


def depth():
    """Millimetres: 500 + 731 x + 113 y, four pixels unknown."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    millimetres = (500 + 731 * x + 113 * y).astype(np.uint16)
    whole = millimetres.copy()
    whole[0, :4] = [0, 65535, 0, 65535]
    metres = millimetres.astype(np.float64) / 1000
    metres[0, :4] = [np.nan, np.inf, -1, 0]
    return whole, metres


def depth_maps():
    whole, metres = depth()
    single = metres.astype(np.float32)
    Image.fromarray(whole).save(OUT / "d16.png")
    Image.fromarray(whole.byteswap()).save(OUT / "d16_swapped.png")
    for order, name in ("<", "little"), (">", "big"):
        tifffile.imwrite(OUT / f"d16_{name}.tif", whole, byteorder=order)
        tifffile.imwrite(OUT / f"f32_{name}.tif", single, byteorder=order)
    tifffile.imwrite(OUT / "f16.tif", metres.astype(np.float16))
    tifffile.imwrite(OUT / "f64.tif", metres)
    tifffile.imwrite(OUT / "u32.tif", whole.astype(np.uint32))
    signed = whole.astype(np.int32)
    signed[signed == 65535] = -1
    tifffile.imwrite(OUT / "i16.tif", signed.astype(np.int16))
    tifffile.imwrite(OUT / "f32_tiles.tif", single, tile=(16, 16), compression="zlib")
    plain = OUT / "f32_little.tif"
    run("tiffcp", "-c", "lzw:2", OUT / "d16_little.tif", OUT / "d16_lzw_predictor.tif")
    run("tiffcp", "-c", "zip:3", plain, OUT / "f32_zip_predictor.tif")
    run("tiffcp", "-c", "lzw:3", plain, OUT / "f32_lzw_predictor.tif")
    run("tiffcp", "-c", "lzw", plain, OUT / "f32_lzw.tif")
    # Stored with the right column of what is shown as the first row: orientation 6.
    turned = tifffile.TiffWriter(OUT / "d16_orientation_6.tif")
    turned.write(np.rot90(whole), extratags=[(274, 3, 1, 6, True)])
    turned.close()

    np.save(OUT / "f32.npy", single)
    np.save(OUT / "f16.npy", metres.astype(np.float16))
    np.save(OUT / "f64_fortran.npy", np.asfortranarray(metres))
    np.save(OUT / "f32_big.npy", single.astype(">f4"))
    np.save(OUT / "u16.npy", whole)
    np.save(OUT / "i64_batch.npy", whole.astype(np.int64)[None, :, :, None])
    np.savez(OUT / "archive.npz", depth=single)
    np.save(OUT / "rgb.npy", np.zeros((HEIGHT, WIDTH, 3), np.uint16))
    np.save(OUT / "object.npy", np.array([[{}, 1], [2, 3]], dtype=object))

    for order in "le", "be":
        floats(f"f32_{order}.pfm", single, order)
    for name in "none", "rle", "zip16":
        floats(f"float_{name}.exr", single, "le", "-compression", name)
    floats("half_none.exr", single, "le", "-compression", "none", "-format", "half")
    # Rows of one value each, which packing makes smaller: 1 + y.
    steps = np.broadcast_to(np.arange(1.0, HEIGHT + 1)[:, None], single.shape)
    for name in "rle", "zip1", "zip16":
        floats(f"steps_{name}.exr", steps, "le", "-compression", name, "-format", "half")
    colour_exr("gray_rgb.exr", "Zip", "grayscale")
    colour_exr("colour_zips.exr", "ZipS", "colour")
    colour_exr("piz.exr", "Piz", "grayscale")
    layers(single)


def floats(name, values, order, *settings):
    """By FFmpeg."""
    data = values.astype("<f4" if order == "le" else ">f4").tobytes()
    raw = ("-f", "rawvideo", "-pix_fmt", f"grayf32{order}", "-s", f"{WIDTH}x{HEIGHT}", "-i", "-")
    run(FFMPEG, "-v", "error", "-y", *raw, *settings, OUT / name, data=data)


def colour_exr(name, compression, kind):
    """By OpenEXR itself, through ImageMagick: half precision R, G, B. Gray is x / 12."""
    row = np.round(np.arange(WIDTH) / WIDTH * 65535).astype(np.uint16)
    gray = np.broadcast_to(row, (HEIGHT, WIDTH))
    pixels = np.stack([gray, gray, 65535 - gray if kind == "colour" else gray], axis=-1)
    size = f"{WIDTH}x{HEIGHT}"
    data = pixels.astype(">u2").tobytes()
    # The colours are said to be linear already, so nothing is converted.
    settings = ("-size", size, "-depth", "16", "-endian", "MSB", "-set", "colorspace", "RGB")
    run("convert", *settings, "RGB:-", "-compress", compression, OUT / name, data=data)


def layers(metres):
    """Scan lines as Blender names its channels, larger than what is shown by a pixel all around."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    far = np.pad(metres, 1, constant_values=1e10).astype("<f4")
    other = np.pad(x + 0.25, 1).astype("<f2")
    channels = {
        "View.Combined.B": other,
        "View.Combined.G": other,
        "View.Combined.R": other,
        "View.Depth.Z": far,
        "View.Normal.X": other,
        "View.Normal.Y": other,
        "View.Normal.Z": other,
    }
    chlist = b""
    for name, values in channels.items():
        kind = 1 if values.dtype == np.dtype("<f2") else 2
        chlist += name.encode() + b"\0" + struct.pack("<iB3xii", kind, 0, 1, 1)

    def attribute(name, kind, data):
        return name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<i", len(data)) + data

    header = struct.pack("<ii", 20000630, 2)
    header += attribute("channels", "chlist", chlist + b"\0")
    header += attribute("compression", "compression", b"\3")
    header += attribute("dataWindow", "box2i", struct.pack("<4i", -1, -1, WIDTH, HEIGHT))
    header += attribute("displayWindow", "box2i", struct.pack("<4i", 0, 0, WIDTH - 1, HEIGHT - 1))
    header += attribute("lineOrder", "lineOrder", b"\0")
    header += attribute("pixelAspectRatio", "float", struct.pack("<f", 1))
    header += attribute("screenWindowCenter", "v2f", struct.pack("<2f", 0, 0))
    header += attribute("screenWindowWidth", "float", struct.pack("<f", 1))
    header += b"\0"
    rows = HEIGHT + 2
    raw = b"".join(values[row].tobytes() for row in range(rows) for values in channels.values())
    split = raw[0::2] + raw[1::2]
    differences = bytes(
        b if i == 0 else (b - split[i - 1] + 128) & 255 for i, b in enumerate(split)
    )
    block = zlib.compress(differences, 9)
    table = struct.pack("<q", len(header) + 8)
    (OUT / "layers.exr").write_bytes(
        header + table + struct.pack("<ii", -1, len(block)) + block
    )


def colour():
    """8 x 4 pixels: red 32 x, green 64 y, blue 200; to be seen where x + y is even."""
    y, x = np.mgrid[0:4, 0:8]
    return np.stack([32 * x, 64 * y, np.full_like(x, 200)], axis=-1).astype(np.uint8)


def inks(rgb):
    """Cyan, magenta and yellow alone, so every way of going back gives the same colours."""
    cmyk = np.concatenate([255 - rgb, np.zeros_like(rgb[..., :1])], axis=-1)
    return Image.fromarray(np.repeat(np.repeat(cmyk, 8, 0), 8, 1), "CMYK")


def without_adobe(jpeg):
    """The same without the segment APP14."""
    at = jpeg.index(b"\xff\xee")
    return jpeg[:at] + jpeg[at + 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0] :]


def pictures():
    rgb = colour()
    seen = ((np.indices(rgb.shape[:2]).sum(0) % 2 == 0) * 255).astype(np.uint8)
    Image.fromarray(rgb).save(OUT / "rgb.png")
    Image.fromarray(rgb).save(OUT / "rgb.tif", compression="tiff_lzw")
    Image.fromarray(np.dstack([rgb, seen])).save(OUT / "rgba.png")
    Image.fromarray(np.dstack([rgb, seen])).save(OUT / "rgba.tif")
    Image.fromarray(np.dstack([rgb, 0 * seen])).save(OUT / "rgba_unseen.png")
    Image.fromarray(np.dstack([rgb[..., 0], seen]), "LA").save(OUT / "gray_alpha.png")
    palette = Image.fromarray(rgb).quantize(32, method=Image.Quantize.MEDIANCUT)
    palette.save(OUT / "palette.png")
    palette.save(OUT / "palette.tif")
    # The first entry, whatever pixels have it, cannot be seen.
    palette.save(OUT / "palette_alpha.png", transparency=bytes([0]))
    gray16 = rgb[..., 0].astype(np.uint16) * 257
    Image.fromarray(gray16).save(OUT / "gray16.png")
    tifffile.imwrite(OUT / "gray16_big.tif", gray16, byteorder=">", photometric="minisblack")
    tifffile.imwrite(OUT / "gray8_white_is_zero.tif", 255 - rgb[..., 0], photometric="miniswhite")
    rgb16 = rgb.astype(np.uint16) * 257
    tifffile.imwrite(OUT / "rgb16.tif", rgb16, photometric="rgb")
    size = ("-size", "8x4", "-depth", "16", "-endian", "MSB")
    png = ("-define", "png:exclude-chunk=date,tEXt,tIME,time", "-define")  # of when it was made
    data = rgb16.astype(">u2").tobytes()
    run("convert", *size, "RGB:-", *png, "png:color-type=2", OUT / "rgb16.png", data=data)
    planes = np.dstack([rgb16, seen.astype(np.uint16) * 257]).astype(">u2").tobytes()
    run("convert", *size, "RGBA:-", *png, "png:color-type=6", OUT / "rgba16.png", data=planes)
    Image.fromarray(rgb[..., 0] >= 128).save(OUT / "gray1.png")
    cmyk = inks(rgb)
    cmyk.save(OUT / "cmyk_adobe.jpg", quality=100, subsampling=0)
    file = (OUT / "cmyk_adobe.jpg").read_bytes()
    (OUT / "cmyk_plain.jpg").write_bytes(without_adobe(file))
    cmyk.save(OUT / "cmyk.tif")
    ycck(rgb)
    for value in range(1, 9):
        exif = Image.Exif()
        exif[274] = value
        Image.fromarray(stored(rgb, value)).save(OUT / f"orientation_{value}.tif", exif=exif)
        big = np.repeat(np.repeat(stored(rgb, value), 8, 0), 8, 1)
        Image.fromarray(big).save(
            OUT / f"orientation_{value}.jpg", exif=exif, quality=95, subsampling=0
        )


def ycck(rgb):
    """YCCK: the inks, as if they were RGB, in YCbCr; black inverted; and the marker says so."""
    cmyk = np.asarray(inks(rgb))
    ycc = np.asarray(Image.fromarray(np.ascontiguousarray(cmyk[..., :3])).convert("YCbCr"))
    planes = np.dstack([ycc, 255 - cmyk[..., 3]])
    # Pillow inverts what it calls CMYK.
    Image.fromarray(255 - planes, "CMYK").save(OUT / "ycck.jpg", quality=100, subsampling=0)
    file = bytearray((OUT / "ycck.jpg").read_bytes())
    at = file.index(b"\xff\xee")
    assert file[at + 4 : at + 9] == b"Adobe" and file[at + 15] == 0
    file[at + 15] = 2
    (OUT / "ycck.jpg").write_bytes(bytes(file))


def stored(shown, value):
    """What is stored so that EXIF's orientation shows it so."""
    turned = {
        1: shown,
        2: shown[:, ::-1],
        3: shown[::-1, ::-1],
        4: shown[::-1],
        5: shown.transpose(1, 0, 2),
        6: np.rot90(shown, 1),
        7: shown[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(shown, -1),
    }
    return np.ascontiguousarray(turned[value])


OUT.mkdir(parents=True, exist_ok=True)
depth_maps()
pictures()
for made in sorted(OUT.iterdir()):
    print(made.name, made.stat().st_size)
