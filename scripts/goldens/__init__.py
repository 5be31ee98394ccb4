"""Makes and checks goldens/ with real JAX. Entry points: ../generate-goldens.py, which `pnpm goldens` and `pnpm goldens:check` run."""
