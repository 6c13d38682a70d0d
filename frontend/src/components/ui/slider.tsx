"use client";
import * as Radix from "@radix-ui/react-slider";
import { useId } from "react";

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The value in words, as it is read out. */
  text: string;
  onChange: (value: number) => void;
  /** Called once the hand lets go: the time to compute anew. */
  onCommit?: (value: number) => void;
}

export function Slider({ label, value, min, max, step, text, onChange, onCommit }: SliderProps) {
  const id = useId();
  return (
    <div>
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <span id={id} className="text-[13px] font-medium">
          {label}
        </span>
        <output className="numbers text-sm font-semibold">{text}</output>
      </div>
      <Radix.Root
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next = value]) => onChange(next)}
        onValueCommit={([next = value]) => onCommit?.(next)}
        className="relative flex h-6 touch-none items-center select-none"
      >
        <Radix.Track className="bg-line relative h-1.5 grow rounded-full">
          <Radix.Range className="bg-accent absolute h-full rounded-full" />
        </Radix.Track>
        <Radix.Thumb aria-labelledby={id} aria-valuetext={text} className="bg-card border-accent block size-5 rounded-full border-2" />
      </Radix.Root>
    </div>
  );
}
