// What every walk through the import wizard of the real window does: where it stands, and answering
// its questions with what it suggests. Which files are walked through is not known here.

import { until } from "./webdriver.mjs";

/** Which step of the import the page shows. */
export const at = (page, title) =>
  page.run((title) => document.querySelector("[aria-current=step]")?.textContent.includes(title) ?? false, title);

/** Puts away the notes at the foot of the page. */
export const closeNotes = (page) =>
  page.run(() => document.querySelectorAll(".toast [aria-label*='关']").forEach((each) => each.click()));

/** Confirms what the wizard suggests, one question after another. */
export async function answerQuestions(page) {
  let answered = "";
  for (let asked = 0; asked < 40; asked += 1) {
    const question = await until("the next question, or none", 15_000, async () => {
      const [waiting, title] = await page.run(() =>
        ["footer.foot .left", "aside h2"].map((each) => document.querySelector(each)?.textContent ?? ""));
      return waiting.includes("都确认好了") ? "none" : title !== answered && title;
    });
    if (question === "none") return;
    await page.click("aside button.act");
    answered = question;
  }
  throw new Error("the wizard never stops asking");
}
