// The scorecard of directed yields: three questions per VM, each one bar.

const ANSWERS = {
  'who had the pCPU next': {
    SIBLING: ['a sibling', 'good'], OTHER_VM: ['another VM', 'poor'], OTHER_THREAD: ['another thread', 'bad'],
    NO_SWITCH: ['the spinner itself', 'worst'], IDLE: ['nobody, idle', 'neutral'], UNKNOWN: ['unknown', 'UNKNOWN'],
  },
  'was the one waited for run': {
    RIGHT: ['yes', 'good'], WRONG: ['another sibling', 'bad'], NO_TARGET: ['no sibling seen to run', 'poor'],
    NOT_JUDGED: ['not judged', 'UNKNOWN'],
  },
  'why the spin went on': {
    NONE: ['it did not', 'good'], HOLDER_RUNNING: ['holder running', 'fair'], NO_CANDIDATE: ['no candidate', 'neutral'],
    OVERBOOST: ['overboost', 'poor'], SCHEDULER_MISMATCH: ['scheduler mismatch', 'bad'],
    LOST_OPPORTUNITY: ['lost opportunity', 'worst'], UNKNOWN: ['unknown', 'UNKNOWN'],
  },
};

PICTURES.yields = (section, host, width) => {
  const rows = rowsOf(section, 'yield-answer');
  if (!rows.length) return;
  for (const [question, answers] of Object.entries(ANSWERS)) {
    const asked = rows.filter(row => row.question === question);
    host.append(element('h3', {}, `${question[0].toUpperCase()}${question.slice(1)}?`));
    const order = Object.keys(answers);
    legend(host, order.filter(a => asked.some(row => row.answer === a)).map(a => ({ label: answers[a][0], colour: colourOf(answers[a][1]) })));
    const vms = groups(asked, 'vm');
    const left = width < NARROW ? 60 : 110;
    const svg = drawing(host, width, vms.length * 27 + 2,
      vms.map(vm => `${vm.name}: ${vm.members.map(m => `${answers[m.answer]?.[0] ?? m.answer} ${percent(m.percent)}`).join(', ')}`).join('; '));
    vms.forEach((vm, i) => {
      svg.append('text').attr('x', left - 8).attr('y', i * 27 + 15).attr('text-anchor', 'end').text(fitted(vm.name, left - 8));
      const parts = vm.members.slice().sort((a, b) => order.indexOf(a.answer) - order.indexOf(b.answer));
      sharedBar(svg, parts, {
        x: left, y: i * 27, width: width - left, height: 22,
        colour: part => colourOf(answers[part.answer]?.[1] ?? 'UNKNOWN'),
        label: part => percent(part.percent),
        light: part => ['poor', 'fair', 'neutral', 'UNKNOWN'].includes(answers[part.answer]?.[1]),
        note: part => [`${part.vm}: ${answers[part.answer]?.[0] ?? part.answer}`, `${grouped(part.ple_exits)} PLE exits, ${percent(part.percent)}`,
          part.first_line == null ? '' : `first: ${lineOf(part, 'first_line')}`],
      });
    });
  }
};
