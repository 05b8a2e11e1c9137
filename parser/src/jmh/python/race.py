"""Races of whole commands: the part that the benchmarks of all modules share.

Contestants run in turn, round after round (A B C A B C), after one round that does not count, each a process of its own: wall time, CPU
time of all its threads and the most memory it ever held, as the kernel counts them (wait4). Ratios are taken within a round, so that what
slows the machine for a while slows both sides. A contestant says what its answer must hold; a wrong answer ends the benchmark.

Python's standard library and the tools that are raced; a rival that is not installed is named and left out.
"""

import argparse
import datetime
import json
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SAMPLE = ROOT / "samples/linux-guests-pooled/trace.txt.zst"
MIB = 1 << 20


class Broken(Exception):
    """A contestant failed or answered wrongly; the benchmark says so and ends."""


@dataclass
class Contestant:
    """A command in a race: what it handles, what its output must hold, what is piped into it, how it may end."""

    name: str
    command: list
    lines: int = 0
    answer: list = field(default_factory=list)
    source: list = None
    removes: list = field(default_factory=list)
    codes: tuple = (0,)


@dataclass
class Run:
    """One run of a command: seconds by the clock, seconds of CPU, bytes of memory at most."""

    wall: float
    cpu: float
    memory: int
    output: str


def run(contestant):
    """Runs a contestant once and checks its answer."""
    for path in contestant.removes:
        Path(path).unlink(missing_ok=True)
    command = [str(word) for word in contestant.command]
    with tempfile.TemporaryFile("w+", errors="replace") as out, tempfile.TemporaryFile("w+", errors="replace") as err:
        begin = time.monotonic()
        source = subprocess.Popen([str(w) for w in contestant.source], stdout=subprocess.PIPE) if contestant.source else None
        process = subprocess.Popen(command, stdin=source.stdout if source else subprocess.DEVNULL, stdout=out, stderr=err)
        if source:
            source.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if source:
            source.wait()
        out.seek(0)
        err.seek(0)
        output = out.read(MIB)
        check(contestant, process.returncode, output, err.read(MIB))
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def check(contestant, code, output, complaint):
    """Whether a command did what it says it did: a fast wrong answer is no answer."""
    if code not in contestant.codes:
        raise Broken(f"{contestant.name} ended with {code}: {' '.join(map(str, contestant.command))}\n{complaint[-2000:]}")
    for pattern in contestant.answer:
        if not re.search(rf"(?m)(?<![\w.]){pattern}(?![\w.])", output):
            raise Broken(f"{contestant.name} should have answered '{pattern}' and answered:\n{output[-2000:]}")


def race(contestants, rounds):
    """Runs of every contestant, in turn; one round before them warms caches and does not count."""
    runs = {contestant.name: [] for contestant in contestants}
    for number in range(rounds + 1):
        for contestant in contestants:
            said(f"round {number} of {rounds}: {contestant.name}")
            result = run(contestant)
            if number > 0:
                runs[contestant.name].append(result)
    return runs


def ratios(runs, ours, other, cost):
    """How many times the cost of ours the other had, round by round."""
    return [cost(b) / cost(a) for a, b in zip(runs[ours], runs[other])]


def print_race(title, contestants, runs, ours):
    """A table of a race: costs, rate, and how many times as fast ours was per line."""
    by_name = {contestant.name: contestant for contestant in contestants}
    rows = []
    for name, results in runs.items():
        lines = by_name[name].lines
        per_line = lines or 1
        own_lines = by_name[ours].lines or 1
        wall = [a * own_lines / per_line for a in ratios(runs, ours, name, lambda r: r.wall)]
        cpu = [a * own_lines / per_line for a in ratios(runs, ours, name, lambda r: r.cpu)]
        rates = [lines / r.wall / 1e6 for r in results]
        rows.append([
            name,
            f"{lines:,}" if lines else "",
            *costs(results, 3),
            spread(rates, 3) if lines else "",
            "1" if name == ours else spread(wall, 2),
            "1" if name == ours else spread(cpu, 2),
            "yes" if by_name[name].answer else "",
        ])
    heads = ["command", "lines", *COSTS, "M lines/s", f"wall ÷ {ours}", f"CPU ÷ {ours}", "answer checked"]
    if not any(by_name[name].lines for name in runs):
        rows = [row[:1] + row[2:5] + row[6:] for row in rows]
        heads = heads[:1] + heads[2:5] + heads[6:]
    print_table(title, heads, rows)


COSTS = ["wall, s", "CPU, s", "memory, MiB"]


def costs(runs, digits):
    """What runs cost, a cell for each head of COSTS."""
    return [spread([r.wall for r in runs], digits), spread([r.cpu for r in runs], digits), memory([r.memory for r in runs])]


def spread(values, digits):
    """Least, median and greatest."""
    return " / ".join(f"{v:.{digits}f}" for v in (min(values), statistics.median(values), max(values)))


def memory(values):
    """Least, median and greatest in MiB; a child counts the memory of this process until it has become another program."""
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if max(values) <= floor:
        return f"< {floor / MIB:.0f}"
    return " / ".join(f"{v / MIB:.0f}" for v in (min(values), statistics.median(values), max(values)))


def print_table(title, heads, rows):
    """A table as Markdown; numbers of several runs are least / median / greatest."""
    print(f"\n{title}\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    sys.stdout.flush()


class Goals:
    """Goals beside what was measured; misses are said aloud, and do not fail the benchmark."""

    def __init__(self):
        self.rows = []

    def at_least(self, what, measured, goal):
        self.rows.append([what, f"≥ {goal:g}", f"{measured:.2f}", "met" if measured >= goal else "**missed**"])

    def at_most(self, what, measured, goal):
        self.rows.append([what, f"≤ {goal:g}", f"{measured:.2f}", "met" if measured <= goal else "**missed**"])

    def print(self):
        if self.rows:
            print_table("Goals, by medians", ["what", "goal", "measured", ""], self.rows)


def median_of(runs, name, cost):
    return statistics.median(cost(r) for r in runs[name])


def said(text):
    """Progress, where somebody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()


def lines_of(command):
    """How many lines a command prints; none of them is kept."""
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        return sum(part.count(b"\n") for part in iter(lambda: process.stdout.read(MIB), b""))


def unpacked(file, scratch):
    """A recording as its tool reads it."""
    if file.suffix != ".zst":
        return file
    plain = scratch / file.stem
    with open(plain, "wb") as out:
        subprocess.run(["zstd", "-dcq", file], stdout=out, check=True)
    return plain


def installed(*tools):
    """Those of the rivals that this machine has; the others are named."""
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        print(f"\nNot installed and left out: {', '.join(missing)}.")
    return [tool for tool in tools if tool not in missing]


def arguments(description, parts):
    """The options that all benchmarks take."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small inputs and three runs: whether it works, not how fast it is")
    parser.add_argument("--runs", type=int, metavar="N", help="runs that count; 7, or 3 with --quick")
    parser.add_argument("--input", type=Path, default=SAMPLE, metavar="FILE", help="log whose copies are read, packed or not")
    parser.add_argument("--scratch", type=Path, metavar="DIR", help="folder for inputs and databases, emptied afterwards")
    parser.add_argument("--only", action="append", choices=parts, metavar="PART", help=f"one of {', '.join(parts)}; may be repeated")
    parser.add_argument("--no-build", action="store_true", help="race what was built before")
    return parser


def parsed(parser):
    """What was asked for; without --only every part."""
    options = parser.parse_args()
    options.only = options.only or next(action.choices for action in parser._actions if action.dest == "only")
    options.runs = options.runs or (3 if options.quick else 7)
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    if not options.input.is_file():
        parser.error(f"no such file: {options.input}")
    return options


def print_machine(title, options):
    """Where and of what these numbers are."""
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as info:
        cpu = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), platform.machine())
    ram = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    java = subprocess.run([java_binary(), "-version"], stderr=subprocess.PIPE, text=True, check=True).stderr.splitlines()[1]
    describe = ["git", "-C", ROOT, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    commit = subprocess.run(describe, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout.strip()
    load = os.getloadavg()[0]
    rounds = f"{options.runs} runs{', quick' if options.quick else ''}, least / median / greatest"
    print(f"**{title}**: {datetime.date.today()}, commit {commit or 'unknown'}; {cpu}, {len(os.sched_getaffinity(0))} cores, "
          f"{ram:.0f} GiB, Linux {platform.release()}, {java}; load {load:.1f} at the start; {rounds}.")


def java_binary():
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin/java" if home else "java"


def build():
    """Compiles the program and the benchmarks of all modules."""
    maven = shutil.which("mvn") or str(ROOT / "mvnw")
    said("building")
    command = [maven, "-B", "-q", "-Pbench", "-Dspotless.check.skip", "-DskipTests", "package"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise Broken(done.stdout[-4000:])


def java(module, main, *words, options=()):
    """The command that runs a class of a module's benchmarks, as the launcher would run it."""
    target = ROOT / module / "target"
    classpath = f"{target}/test-classes:{target}/classes:{(target / 'bench.classpath').read_text().strip()}"
    return [java_binary(), "-XX:+UseSerialGC", *options, "-cp", classpath, main, *words]


def jmh(module, scratch, pattern, *options):
    """Results of JMH benchmarks whose names match, as its JSON lists them."""
    result = Path(scratch) / "jmh.json"
    said(f"JMH: {pattern}")
    command = java(module, "org.openjdk.jmh.Main", pattern, "-rf", "json", "-rff", str(result), *options)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        raise Broken(done.stdout[-4000:])
    return json.loads(result.read_text())


def repeated(base, lines, file, counts):
    """Writes a log of at least so many lines; what it is known to hold."""
    said(f"writing a log of {lines:,} lines")
    with open(file, "wb") as out:
        subprocess.run(repeating(base, lines, counts), stdout=out, check=True)
    return json.loads(Path(counts).read_text())


def known(source, counts):
    """What a stream will hold: its counts are there before its first line is."""
    with subprocess.Popen(source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.stdout.read(1)
        process.kill()
    return json.loads(Path(counts).read_text())


def quietly(command):
    """Runs what is not raced."""
    words = [str(word) for word in command]
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def repeating(base, lines, counts):
    """The command that streams such a log."""
    return java("parser", "plescope.parser.LogRepeater", str(base), str(lines), str(counts))


def main(body, parser, title):
    """Runs a benchmark in a folder of its own that does not stay."""
    options = parsed(parser)
    print_machine(title, options)
    try:
        if not options.no_build:
            build()
        if options.scratch:
            options.scratch.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="plescope-bench-", dir=options.scratch) as scratch:
            body(options, Path(scratch))
    except Broken as broken:
        said("")
        sys.exit(f"benchmark: {broken}")
    said("")
