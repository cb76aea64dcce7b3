"""The page is drawn again when the viewer changes between light and dark."""

# Changing light or dark does not rerun the script, and figures keep the colours they
# were drawn in: the watcher reports the new ground, which reruns the page.
WATCH = """
const watchGround = ({parentElement, setStateValue}) => {
  const element = parentElement.host ?? parentElement;
  let seen = null;
  const look = () => {
    const now = getComputedStyle(element).getPropertyValue('--st-background-color');
    if (seen !== null && now !== seen) setStateValue('ground', now);
    seen = now;
  };
  look();
  const timer = setInterval(look, 700);
  return () => clearInterval(timer);
};
"""
