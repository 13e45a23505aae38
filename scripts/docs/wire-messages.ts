import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The module that holds the messages of proto/livepeer.proto. */
export function describeWireMessages(root: string): string {
  const tools = join(root, 'node_modules', '@bufbuild')
  const folder = mkdtempSync(join(tmpdir(), 'lp-pay-wire-'))
  const template = {
    version: 'v2',
    inputs: [{ directory: join(root, 'proto') }],
    plugins: [
      {
        local: [process.execPath, join(tools, 'protoc-gen-es', 'bin', 'protoc-gen-es')],
        out: folder,
        opt: ['target=ts'],
      },
    ],
  }
  try {
    const words = ['generate', '--template', JSON.stringify(template)]
    execFileSync(process.execPath, [join(tools, 'buf', 'bin', 'buf'), ...words], { cwd: root })
    const code = readFileSync(join(folder, 'livepeer_pb.ts'), 'utf8')
    const body = code.slice(code.indexOf('import '))
    return `// Generated from proto/livepeer.proto; npm run docs writes it anew.\n${body}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
