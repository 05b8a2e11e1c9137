package plescope.analysis.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.replay.spin.SpinPlace;

class SpinCodeFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("spin.csv"), text);
    }

    @Test
    void rowsNameRangesOfAddresses() throws IOException {
        Path csv = file("""
                # from the guest's disassembly
                vm, from, to, kind, unit_ps
                vm0, 0xffffffff81000080, 0xffffffff810000b8, lock, 21700
                *, ffffffff81170430, ffffffff81170450, ipi,
                """);
        assertThat(SpinCodeFile.read(csv))
                .containsExactly(
                        new SpinPlace.Range(
                                "vm0", 0xffff_ffff_8100_0080L, 0xffff_ffff_8100_00b8L, SpinPlace.Kind.LOCK, 21_700),
                        new SpinPlace.Range(
                                "*", 0xffff_ffff_8117_0430L, 0xffff_ffff_8117_0450L, SpinPlace.Kind.IPI, 0));
    }

    @Test
    void mistakesNameTheFileAndTheLine() throws IOException {
        assertThatThrownBy(() -> SpinCodeFile.read(file("vm,from,to\nvm0,1,2\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("spin.csv:")
                .hasMessageContaining("the columns must be vm, from, to and kind");
        assertThatThrownBy(() -> SpinCodeFile.read(file("vm,from,to,kind\nvm0,1,2,locks\n")))
                .hasMessageContaining("lock, ipi or unknown, not 'locks'");
        assertThatThrownBy(() -> SpinCodeFile.read(file("vm,from,to,kind\nvm0,zz,2,lock\n")))
                .hasMessageContaining("not a number");
        assertThatThrownBy(() -> SpinCodeFile.read(file("vm,from,to,kind\n"))).hasMessageContaining("no rows");
    }
}
