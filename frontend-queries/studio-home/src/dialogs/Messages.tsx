import type { Problem } from "./problems";

/** What the server says is wrong, in its own language, which may be written the other way than the page. */
export function Messages({ problems }: { problems: Problem[] }) {
  return problems.map(({ message }) => (
    <p key={message} dir="auto">
      {message}
    </p>
  ));
}
