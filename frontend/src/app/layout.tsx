import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies, headers } from "next/headers";
import Link from "next/link";
import type { ReactNode } from "react";
import { Navigation } from "@/components/shell/navigation";
import { ThemeSwitch } from "@/components/shell/theme_switch";
import { FormatProvider } from "@/lib/format/client";
import { requestFormat } from "@/lib/format/server";
import { SYSTEM_THEME_SCRIPT, readTheme } from "@/lib/theme";
import { ThemeProvider } from "@/lib/theme_client";
import "./globals.css";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
});

export const metadata: Metadata = {
  title: { default: "Alex", template: "%s · Alex" },
  description: "From real positions to a plan one can check.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get("alex-theme")?.value);
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get("content-security-policy") ?? "")?.[1];
  const { locale } = await requestFormat();
  return (
    <html lang="en" className={theme === "dark" ? `${inter.variable} dark` : inter.variable} suppressHydrationWarning>
      <head>{theme === "system" && <script nonce={nonce ?? ""} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SYSTEM_THEME_SCRIPT }} />}</head>
      <body>
        <a href="#main" className="bg-card sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-md focus:px-3 focus:py-2">
          Skip to the content
        </a>
        <FormatProvider locale={locale}>
          <ThemeProvider initial={theme}>
            <div className="mx-auto max-w-[1360px] print:block lg:grid lg:grid-cols-[200px_minmax(0,1fr)]">
              <div className="bg-page border-line not-printed border-b lg:sticky lg:top-0 lg:h-dvh lg:border-r lg:border-b-0">
                <div className="flex items-center justify-between py-2 pr-3 pl-6 lg:py-4">
                  <Link href="/" prefetch={false} className="text-lg font-bold tracking-tight">
                    Alex
                  </Link>
                  <ThemeSwitch />
                </div>
                <Navigation />
              </div>
              <main id="main" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none sm:px-6 lg:px-8">
                {children}
                <p className="text-muted border-line mt-10 border-t pt-4 text-xs">
                  Alex informs; it does not advise to buy or sell anything. Each figure is computed by code from your own file.
                </p>
              </main>
            </div>
          </ThemeProvider>
        </FormatProvider>
      </body>
    </html>
  );
}
