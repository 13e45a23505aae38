import Mocha from 'mocha'

/** Mocha's own report, and at its very end the names of what failed: a long counterexample pushes the others out of sight. */
export default class Reporter extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue()
    for (const test of this.failures) console.log(`  failed: ${test.fullTitle()}`)
  }
}
