# SPDX-License-Identifier: MIT
"""Decodes a frame of a compressed DICOM file in a process of its own.

The library that knows JPEG lossless and JPEG-LS can crash on a damaged file. So it never works in
the process that holds the logbook. The file goes in and the pixels come back through pipes;
nothing touches the disk.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

PLUGIN = "gdcm"
_ROOT = Path(__file__).parents[2]
_SECONDS = 120
_NO_MEMORY = 71
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def decoded_apart(content: bytes, frame: int) -> npt.NDArray[np.generic]:
    """The pixels of a frame (counted from 0) of the DICOM file ``content``.

    Raises:
        ValueError: it cannot be decoded.
        MemoryError: it does not fit into the memory that is free.
    """
    command = [sys.executable, "-m", "models.images.apart", str(frame)]
    try:
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            cwd=_ROOT,
            timeout=_SECONDS,
            creationflags=_NO_WINDOW,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        if error.returncode == _NO_MEMORY:
            raise MemoryError from error
        raise ValueError("the frame cannot be decoded") from error
    except subprocess.SubprocessError as error:
        # What the process wrote may quote the file, so it goes no further.
        raise ValueError("the frame cannot be decoded") from error
    pixels: npt.NDArray[np.generic] = np.load(io.BytesIO(done.stdout), allow_pickle=False)
    return pixels


def main(frame: int) -> None:
    """What the other process does: a DICOM file from standard input, an array to standard output.

    Raises:
        Exception: whatever the library raises; the process ends with it.
    """
    from pydicom import dcmread
    from pydicom.pixels.utils import pixel_array
    from pydicom.uid import JPEGExtended12Bit, JPEGLossless

    _leave_no_core()
    data = dcmread(io.BytesIO(sys.stdin.buffer.read()), force=True)
    if data.file_meta.TransferSyntaxUID == JPEGExtended12Bit and data.BitsStored > 8:
        # pydicom hands gdcm no lossy JPEG of 12 bits, which gdcm reads. It takes the kind of JPEG
        # from the data themselves, so that any other name of JPEG leads there.
        data.file_meta.TransferSyntaxUID = JPEGLossless
    pixels = pixel_array(data, index=frame, decoding_plugin=PLUGIN)
    # numpy asks a buffered stream for its place, which a pipe has not.
    kept = io.BytesIO()
    np.save(kept, np.ascontiguousarray(pixels), allow_pickle=False)
    sys.stdout.buffer.write(kept.getbuffer())


def _leave_no_core() -> None:
    """A crash must not leave an image of the memory on the disk. Windows leaves none."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except MemoryError:
        sys.exit(_NO_MEMORY)
