// Loaded into each Node program of the stack: when the supervisor is gone (killed, crashed), its channel closes, and the program ends.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
});
