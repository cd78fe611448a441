/**
 * How likely two samples as different as these are when both come from one source: the two-sided
 * Mann–Whitney U test by its normal approximation, corrected for ties. Good from about 20 values on
 * each side.
 */
export function mannWhitneyP(a: readonly number[], b: readonly number[]): number {
  const all = [
    ...a.map((value) => ({ value, isA: true })),
    ...b.map((value) => ({ value, isA: false })),
  ]
  all.sort((one, other) => one.value - other.value)
  const total = all.length
  let rankSum = 0
  let ties = 0
  for (let from = 0; from < total;) {
    let to = from
    while (all[to]?.value === all[from]?.value && to < total) to++
    const count = to - from
    /* Equal values share the middle of their ranks, which count from 1. */
    const rank = (from + 1 + to) / 2
    rankSum += rank * all.slice(from, to).filter(({ isA }) => isA).length
    ties += count ** 3 - count
    from = to
  }
  const product = a.length * b.length
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const variance = (product / 12) * (total + 1 - ties / (total * (total - 1)))
  if (variance <= 0) return 1
  const z = Math.max(0, Math.abs(u - product / 2) - 0.5) / Math.sqrt(variance)
  return tail(z)
}

/** Both tails of the normal distribution beyond ±z; Abramowitz and Stegun 26.2.17, error below 1e-7. */
function tail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z)
  const steps = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429]
  const sum = steps.reduceRight((inner, step) => (inner + step) * t, 0)
  return Math.min(1, 2 * sum * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)))
}
