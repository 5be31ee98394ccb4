#!/usr/bin/env node
// Starts the command line. Plain JavaScript that every Node understands, because an old one must get a sentence, not a stack trace.
import process from 'node:process';

const major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  console.error(`conformance: needs Node 22 or newer, this is ${process.versions.node} (${process.execPath}).`);
  process.exitCode = 2;
} else {
  try {
    const { conformance } = await import('../dist/cli.js');
    process.exitCode = await conformance(process.argv.slice(2));
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(`conformance: is not built, or a package it needs is not installed (${error.message}).`);
    process.exitCode = 2;
  }
}
