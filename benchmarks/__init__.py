"""What the speeds that qcode aims at are measured with; ``python -m benchmarks`` runs them all."""
