// Runs one measurement in its own process, so that memory is measured separately. Started by run.mjs.
const { name, step, ...options } = JSON.parse(process.argv[2]);
const measurement = await import(`./measurements/${name}.mjs`);

if (step === 'prepare') {
  await measurement.prepare?.(options);
} else {
  const { rows, goals = [] } = await measurement.measure(options);
  process.send({
    title: measurement.title,
    rows,
    goals: goals.map(({ met, ...goal }) => ({ ...goal, met: met(goal.value) })),
  });
}
