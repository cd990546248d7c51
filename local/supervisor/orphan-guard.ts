// Loaded into each Node program of the stack: when the supervisor is gone (killed, crashed), its channel closes, and the program ends.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});
// The listener alone would keep a program alive that has nothing more to do.
process.channel?.unref();
