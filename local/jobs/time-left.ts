/** `1:05 left`, `2:00:00 left`; nothing where nothing can be said. */
export function timeLeft(done: number, total: number, ratePerSecond: number): string {
  if (ratePerSecond <= 0 || total <= done) return '';
  const seconds = Math.ceil((total - done) / ratePerSecond);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const parts = hours > 0 ? [hours, pad(minutes), pad(seconds % 60)] : [minutes, pad(seconds % 60)];
  return `${parts.join(':')} left`;
}

const pad = (value: number): string => String(value).padStart(2, '0');
