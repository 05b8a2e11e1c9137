package plescope.parser;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes what the reader must read. */
enum Packing {
    GZIP {
        @Override
        OutputStream open(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }
    },
    XZ {
        @Override
        OutputStream open(OutputStream out) throws IOException {
            return new XZOutputStream(out, new LZMA2Options(1));
        }
    },
    BZIP2 {
        @Override
        OutputStream open(OutputStream out) throws IOException {
            return new BZip2CompressorOutputStream(out);
        }
    },
    LZ4 {
        @Override
        OutputStream open(OutputStream out) throws IOException {
            return new FramedLZ4CompressorOutputStream(out);
        }
    },
    ZSTD {
        @Override
        OutputStream open(OutputStream out) throws IOException {
            return new ZstdOutputStream(out);
        }
    };

    abstract OutputStream open(OutputStream out) throws IOException;

    byte[] pack(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = open(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
