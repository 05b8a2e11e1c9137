package plescope.parser.input;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Compressions by their first bytes. All read several members, streams or frames one after the other, as {@code cat a.gz b.gz}
 * makes them. A library's classes load when its compression is met.
 */
enum Compression {
    GZIP(".gz", "\37\213") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return Gzip.open(in);
        }
    },
    ZSTD(".zst", "\50\265\57\375") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return Zstd.open(in);
        }
    },
    XZ(".xz", "\3757zXZ\0") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return Xz.open(in);
        }
    },
    BZIP2(".bz2", "BZh") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return Bzip2.open(in);
        }
    },
    LZ4(".lz4", "\4\42\115\30") {
        @Override
        InputStream open(InputStream in) throws IOException {
            return Lz4.open(in);
        }
    };

    /** xz -9 needs 65 MiB; a damaged or hostile header could ask for 4 GiB. */
    private static final int XZ_MEMORY_KIB = 128 << 10;

    private final String suffix;
    /** The first bytes, as ISO-8859-1 text. */
    private final String magic;

    Compression(String suffix, String magic) {
        this.suffix = suffix;
        this.magic = magic;
    }

    /** What unpacks this stream, which begins with {@link #of the magic}. */
    abstract InputStream open(InputStream in) throws IOException;

    /** The compression of a stream that begins with these bytes, null for none. */
    static Compression of(byte[] first) {
        for (Compression compression : values()) {
            if (TraceInput.starts(first, compression.magic.getBytes(StandardCharsets.ISO_8859_1))) {
                return compression;
            }
        }
        return null;
    }

    /** The name a file gets by unpacking; FILE where its name does not tell. */
    static String unpackedName(String file) {
        for (Compression compression : values()) {
            if (file.endsWith(compression.suffix)) {
                return file.substring(0, file.length() - compression.suffix.length());
            }
        }
        return "FILE";
    }

    // One class per library: linking this enum would load what its own methods make.

    private static final class Gzip {
        /** Not Java's own, which takes a pipe that waits for its writer, or garbage, for the end of the last member. */
        static InputStream open(InputStream in) throws IOException {
            return GzipCompressorInputStream.builder()
                    .setInputStream(in)
                    .setDecompressConcatenated(true)
                    .get();
        }
    }

    private static final class Zstd {
        static InputStream open(InputStream in) throws IOException {
            ZstdLibrary.load();
            return new ZstdInputStream(in);
        }
    }

    private static final class Xz {
        static InputStream open(InputStream in) throws IOException {
            return new XZInputStream(in, XZ_MEMORY_KIB);
        }
    }

    private static final class Bzip2 {
        static InputStream open(InputStream in) throws IOException {
            return new BZip2CompressorInputStream(in, true);
        }
    }

    private static final class Lz4 {
        static InputStream open(InputStream in) throws IOException {
            return new FramedLZ4CompressorInputStream(in, true);
        }
    }
}
