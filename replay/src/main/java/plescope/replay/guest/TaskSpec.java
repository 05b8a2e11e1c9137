package plescope.replay.guest;

import java.util.List;
import plescope.replay.model.CpuSet;

/**
 * Tasks of one kind.
 *
 * @param count how many
 * @param affinity vCPU numbers they may use, empty for all
 * @param program what each does; it ends when the list ends
 */
public record TaskSpec(String name, int count, CpuSet affinity, List<Instruction> program) {
    public TaskSpec {
        program = List.copyOf(program);
    }
}
