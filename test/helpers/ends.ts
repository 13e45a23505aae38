/** What keeps the process alive after the last test is a defect: it is named, and fails the run instead of hanging it. */
export function mochaGlobalTeardown(): void {
  const patience = setTimeout(() => {
    const left = process.getActiveResourcesInfo()
    console.error(`the tests are over, but these do not end: ${left.join(', ')}`)
    // Mocha sets the code of what has passed when the process exits.
    process.once('exit', () => (process.exitCode = 1)).exit()
  }, 20_000)
  patience.unref()
}
