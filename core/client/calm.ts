/** Whether nothing may move: as the system says it, or as the person chose it here. */
export function isCalm(): boolean {
  const { motion } = document.documentElement.dataset
  return motion === 'less' || matchMedia('(prefers-reduced-motion: reduce)').matches
}
