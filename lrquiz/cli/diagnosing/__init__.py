"""Commands that say what is wrong with a training script, and what a mistake is."""
