package plescope.replay.spin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Who waited behind whom: follows a suspect's own wait to the one that the whole chain waited for. */
final class WaitChains {
    /** Judged waits kept per vCPU; a chain's links overlap in time, so the latest few are enough. */
    private static final int KEPT = 16;

    private record Link(long startNs, long endNs, int root) {}

    private final List<Deque<Link>> links = new ArrayList<>();

    /** The root of a wait for {@code culprit}, -1 where nobody is believed; remembers it for waits behind this one. */
    int root(Episode e, int culprit) {
        int root = culprit;
        if (culprit >= 0) {
            for (Link link : of(culprit)) {
                boolean waitedToo = link.startNs <= e.startNs && link.endNs > e.startNs;
                if (waitedToo && link.root >= 0 && link.root != e.vcpu) {
                    root = link.root;
                    break;
                }
            }
        }
        Deque<Link> mine = of(e.vcpu);
        mine.addFirst(new Link(e.startNs, e.endNs, root));
        if (mine.size() > KEPT) {
            mine.removeLast();
        }
        return root;
    }

    private Deque<Link> of(int vcpu) {
        while (links.size() <= vcpu) {
            links.add(new ArrayDeque<>());
        }
        return links.get(vcpu);
    }
}
