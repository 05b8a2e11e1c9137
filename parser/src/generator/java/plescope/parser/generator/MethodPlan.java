package plescope.parser.generator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Shares the labels of a mode out to methods, because the JIT never compiles a method of 8,000 bytes of bytecode.
 *
 * <p>Labels on one cycle stay together, and the rest is in topological order: a method calls only later methods, each as its
 * last act, so the stack holds as many frames as there are methods at most.
 */
final class MethodPlan {
    /** HotSpot's HugeMethodLimit is 8000; costs are estimates on the high side. */
    private static final int MAX_METHOD = 7000;

    private final StateGraph graph;
    private final int[] index;
    private final int[] low;
    private final boolean[] open;
    private final Deque<Integer> stack = new ArrayDeque<>();
    private final List<List<Integer>> cycles = new ArrayList<>();
    private final int[] method;
    private int visited;

    /** @param states number of states of the graph */
    MethodPlan(StateGraph graph, int states) {
        this.graph = graph;
        index = new int[states];
        low = new int[states];
        open = new boolean[states];
        method = new int[states];
        Arrays.fill(method, -1);
        visit(0);
        Collections.reverse(cycles);
        shareOut();
    }

    /** Tarjan's algorithm: cycles come out in reverse topological order. */
    private void visit(int label) {
        index[label] = ++visited;
        low[label] = visited;
        stack.push(label);
        open[label] = true;
        for (int target : graph.jumps(label)) {
            if (index[target] == 0) {
                visit(target);
                low[label] = Math.min(low[label], low[target]);
            } else if (open[target]) {
                low[label] = Math.min(low[label], index[target]);
            }
        }
        if (low[label] == index[label]) {
            List<Integer> cycle = new ArrayList<>();
            int member;
            do {
                member = stack.pop();
                open[member] = false;
                cycle.add(member);
            } while (member != label);
            Collections.sort(cycle);
            cycles.add(cycle);
        }
    }

    private void shareOut() {
        int number = 0;
        List<Integer> labels = new ArrayList<>();
        for (List<Integer> cycle : cycles) {
            labels.addAll(cycle);
            if (labels.size() > cycle.size() && graph.cost(labels) > MAX_METHOD) {
                number++;
                labels = new ArrayList<>(cycle);
            }
            for (int label : cycle) {
                method[label] = number;
            }
        }
    }

    /** False if some cycle is too long for any method. */
    boolean fits() {
        return cycles.stream().allMatch(cycle -> graph.cost(cycle) <= MAX_METHOD);
    }

    int methods() {
        return Arrays.stream(method).max().orElseThrow() + 1;
    }

    /** The method that holds a label. */
    int methodOf(int label) {
        return method[label];
    }

    List<Integer> labelsOf(int number) {
        List<Integer> labels = new ArrayList<>();
        for (int state = 0; state < method.length; state++) {
            if (method[state] == number) {
                labels.add(state);
            }
        }
        return labels;
    }
}
