/** Every run of the property tests tries the same values; KEPT_TEST_SEED=N tries others, and a failure prints its seed. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.KEPT_TEST_SEED ?? 20_261_122) })
