package plescope.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plescope.replay.model.Roster;

/** Lists of threads as the host prints them serve as {@code --threads}. */
final class ThreadListTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("threads.txt"), text);
    }

    @Test
    void psListsProcessThreadAndName() throws IOException {
        Path list = file("""
    PID     TID COMMAND
      1       1 systemd
  13376   13376 qemu-system-x86
  13376   13381 CPU 0/KVM
""");
        assertThat(ThreadList.read(list).orElseThrow().listed())
                .containsExactly(
                        new Roster.HostThread(1, 1, "systemd"),
                        new Roster.HostThread(13376, 13376, "qemu-system-x86"),
                        new Roster.HostThread(13381, 13376, "CPU 0/KVM"));
        Path lwp = file("UID PID PPID LWP C NLWP STIME TTY TIME CMD\nroot 90 1 93 0 4 10:00 ? 00:00:01 qemu -smp 4\n");
        assertThat(ThreadList.read(lwp).orElseThrow().listed())
                .containsExactly(new Roster.HostThread(93, 90, "qemu -smp 4"));
    }

    @Test
    void procListsNamesByPath() throws IOException {
        Path list = file("/proc/123/comm:vmm-A\n/proc/123/task/137/comm:CPU 0/KVM\n/proc/123/cgroup:0::/\n");
        assertThat(ThreadList.read(list).orElseThrow().listed())
                .containsExactly(new Roster.HostThread(137, 123, "CPU 0/KVM"));
    }

    @Test
    void tablesOfVcpusAreNoLists() throws IOException {
        Path map = file("tid,tgid,vm,vcpu\n137,123,web,0\n");
        assertThat(ThreadList.read(map)).isEmpty();
        assertThat(ThreadMapFile.read(map).entries()).hasSize(1);
    }
}
