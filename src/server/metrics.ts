import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What Prometheus reads: counts and times by route, never by person, address or id. */
export interface Metrics {
  request(route: string, method: string, status: number, ms: number): void
  job(outcome: 'done' | 'later' | 'failed'): void
  /** Asked whenever the metrics are read. */
  watchJobs(
    counts: () => Promise<{ readonly waiting: number; readonly running: number; readonly failed: number }>,
  ): void
  text(): Promise<string>
}

export function openMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'kept_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const jobs = new Counter({
    name: 'kept_jobs_total',
    help: 'Jobs by outcome: done, later (tried again), failed',
    labelNames: ['outcome'],
    registers,
  })
  return {
    request: (route, method, status, ms) => requests.observe({ route, method, status }, ms / 1000),
    job: (outcome) => jobs.inc({ outcome }),
    watchJobs: (counts) => {
      new Gauge({
        name: 'kept_jobs',
        help: 'Jobs that wait, run, or have failed',
        labelNames: ['state'],
        registers,
        async collect() {
          const found = await counts()
          for (const [state, count] of Object.entries(found)) this.set({ state }, count)
        },
      })
    },
    text: () => registry.metrics(),
  }
}
